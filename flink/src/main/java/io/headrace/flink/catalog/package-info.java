/**
 * A Flink catalog that is a folder of JSON files, so that tables, views, functions and models
 * outlive the session which created them and are seen by every other one.
 *
 * <p>{@link io.headrace.flink.catalog.HeadraceCatalog} speaks Flink's catalog interface; a store
 * for each kind of object says what each statement means; {@link
 * io.headrace.flink.catalog.CatalogFiles} speaks files, with one codec per kind; {@link
 * io.headrace.flink.catalog.Storage} is the file system below them and the lock that writers take.
 * {@link io.headrace.flink.catalog.PlaceholderFactory} fills <code>${...}</code> in options where a
 * table or a model is put to use, and {@link io.headrace.flink.catalog.Secrets} keeps secrets out.
 */
package io.headrace.flink.catalog;
