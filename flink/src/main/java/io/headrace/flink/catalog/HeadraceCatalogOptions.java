package io.headrace.flink.catalog;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What can be written in {@code CREATE CATALOG … WITH ('type' = 'headrace', …)}. */
public final class HeadraceCatalogOptions {

  public static final String IDENTIFIER = "headrace";

  public static final ConfigOption<String> PATH =
      ConfigOptions.key("path")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Folder of the catalog's files: a URI of any file system that Flink knows, or a"
                  + " local path. It is created if it does not exist. Placeholders like"
                  + " ${catalog.path} are filled as in the options of tables.");

  public static final ConfigOption<String> DEFAULT_DATABASE =
      ConfigOptions.key("default-database")
          .stringType()
          .defaultValue("default")
          .withDescription("The database that a session starts in. It always exists.");

  private HeadraceCatalogOptions() {}
}
