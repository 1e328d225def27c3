package io.headrace.flink.redis.server;

/** Reads what INFO and CLUSTER INFO answer. */
final class Info {

  private Info() {}

  /**
   * @throws AssertionError if it is not there
   */
  static String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + name + " in:\n" + info));
  }
}
