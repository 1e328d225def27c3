/**
 * A Flink catalog that is a folder of JSON files, so that tables, views and functions outlive the
 * session which created them and are seen by every other one.
 *
 * <p>{@link io.headrace.flink.catalog.HeadraceCatalog} speaks Flink's catalog interface, {@link
 * io.headrace.flink.catalog.CatalogFiles} speaks files, one codec per kind of object stands
 * between, and {@link io.headrace.flink.catalog.Placeholders} fills <code>${...}</code> in options.
 */
package io.headrace.flink.catalog;
