package io.headrace.flink.redis.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * One run that is asked for: words such as {@code url=redis://… rows=1000000 warm=200000}.
 *
 * @param url of an empty Redis
 * @param warm rows that come first and do not count
 * @param rows all rows, with those
 * @param options of the table, besides those that all runs have
 */
record Run(String url, long warm, long rows, Map<String, String> options) {

  static Run of(String[] words) {
    Map<String, String> options = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      options.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new Run(
        options.remove("url"),
        Long.parseLong(options.remove("warm")),
        Long.parseLong(options.remove("rows")),
        options);
  }

  long counted() {
    return rows - warm;
  }
}
