package io.headrace.flink.catalog;

import org.apache.flink.core.fs.Path;
import org.apache.flink.table.catalog.exceptions.CatalogException;

/**
 * A file of the catalog that is there, and cannot be understood. It has no cause: Flink's SQL
 * client shows the innermost one alone, and that does not name the file.
 */
final class DamagedFileException extends CatalogException {

  private DamagedFileException(String message) {
    super(message);
  }

  static DamagedFileException wrong(Path file, Exception cause) {
    return new DamagedFileException(
        String.format(
            "Catalog file %s is not as it must be: %s. Correct it by hand, or DROP the object and"
                + " run its CREATE statement again.",
            file, cause.getMessage()));
  }

  static DamagedFileException newer(Path file, int version, int known) {
    return new DamagedFileException(
        String.format(
            "Catalog file %s has format version %d, and this Headrace knows versions up to %d. Use"
                + " the headrace-flink.jar of a newer Headrace.",
            file, version, known));
  }
}
