package io.headrace.flink.catalog;

/** The kinds of objects in a database; each has a folder of its own. */
enum ObjectKind {
  TABLE("tables"),
  VIEW("views"),
  FUNCTION("functions"),
  MODEL("models");

  private final String folder;

  ObjectKind(String folder) {
    this.folder = folder;
  }

  String folder() {
    return folder;
  }
}
