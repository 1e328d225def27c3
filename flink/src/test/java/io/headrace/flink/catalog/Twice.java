package io.headrace.flink.catalog;

import org.apache.flink.table.functions.ScalarFunction;

/** A function in Java. */
public final class Twice extends ScalarFunction {

  public Integer eval(Integer value) {
    return value * 2;
  }
}
