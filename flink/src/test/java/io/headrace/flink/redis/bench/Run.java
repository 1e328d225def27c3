package io.headrace.flink.redis.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * One run that is asked for: words such as {@code url=redis://… warm=200000 rows=1200000
 * first=1795000000000}.
 *
 * @param url of an empty Redis
 * @param warm rows that come first and do not count
 * @param rows all rows, with those
 * @param firstMillis the event time of the first row
 * @param options of the table, besides those that all runs have
 */
record Run(String url, long warm, long rows, long firstMillis, Map<String, String> options) {

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
        Long.parseLong(options.remove("first")),
        options);
  }
}
