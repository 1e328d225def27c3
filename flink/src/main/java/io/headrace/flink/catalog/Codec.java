package io.headrace.flink.catalog;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** How one kind of catalog object is written in its file. */
interface Codec<T> {

  ObjectNode write(T object);

  /**
   * @throws IllegalArgumentException naming the field that is missing or wrong
   */
  T read(ObjectNode node);
}
