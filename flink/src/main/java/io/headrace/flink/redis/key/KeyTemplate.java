package io.headrace.flink.redis.key;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * How a row's key is made: text with columns in it, such as {@code user:<user_id>:<day>}. Two
 * different rows never share a key, and a key can be taken apart into exactly the values that it
 * was made from.
 *
 * <p>With one column, its value stands as it is. With several, '%', ':' and each character that
 * begins the text after a column are percent-encoded in the values, so that it is plain where a
 * value ends.
 *
 * <p>Values are Flink's internal data structures, and always in the order of {@link #columns}.
 */
public final class KeyTemplate implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String template;
  private final KeyColumn[] columns;

  /** The text before each column, and after the last. */
  private final byte[][] literals;

  /** Null if there is one column, which stands as it is. */
  private final PercentCode code;

  private KeyTemplate(String template, KeyColumn[] columns, byte[][] literals, PercentCode code) {
    this.template = template;
    this.columns = columns;
    this.literals = literals;
    this.code = code;
  }

  /**
   * @param template text, with {@code <name>} for a column's value and {@code <<} for a '&lt;'
   * @param columnNames of the table
   * @param columnTypes of the table
   * @throws IllegalArgumentException naming the template, what is wrong in it and what to write
   */
  public static KeyTemplate parse(
      String template, List<String> columnNames, List<LogicalType> columnTypes) {
    return named(
        template, () -> of(template, TemplateText.parse(template), columnNames, columnTypes));
  }

  /**
   * The template of a table that names none: {@code <table>:<key column 1>:<key column 2>…}.
   *
   * @param keyColumns in primary key order; none where all rows stand under one key
   * @throws IllegalArgumentException naming the template, what is wrong in it and what to write
   */
  public static KeyTemplate ofPrimaryKey(
      String table,
      List<String> keyColumns,
      List<String> columnNames,
      List<LogicalType> columnTypes) {
    TemplateText text = TemplateText.ofPrimaryKey(table, keyColumns);
    String template = text.toString();
    return named(template, () -> of(template, text, columnNames, columnTypes));
  }

  private static KeyTemplate named(String template, Supplier<KeyTemplate> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format("Key template '%s': %s", template, e.getMessage()), e);
    }
  }

  private static KeyTemplate of(
      String template, TemplateText text, List<String> columnNames, List<LogicalType> columnTypes) {
    KeyColumn[] columns =
        text.columns().stream()
            .map(name -> KeyColumn.of(name, columnNames, columnTypes))
            .toArray(KeyColumn[]::new);
    PercentCode code = null;
    if (columns.length > 1) {
      code = PercentCode.before(text.literals().subList(1, text.literals().size()));
    }
    byte[][] literals =
        text.literals().stream()
            .map(literal -> literal.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return new KeyTemplate(template, columns, literals, code);
  }

  /** The table's indexes of the columns in the key, in order of appearance. */
  public int[] columns() {
    return Arrays.stream(columns).mapToInt(KeyColumn::index).toArray();
  }

  /**
   * @param row with all columns of the table; only those in the key are read
   * @throws IllegalArgumentException naming the column that is NULL and what to do
   */
  public byte[] encode(RowData row) {
    byte[][] parts = new byte[columns.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(i, columns[i].value(row));
    }
    return join(parts);
  }

  /**
   * @throws IllegalArgumentException naming the column that is NULL and what to do
   */
  public byte[] encodeValues(Object[] values) {
    byte[][] parts = new byte[columns.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(i, values[i]);
    }
    return join(parts);
  }

  private byte[] part(int position, Object value) {
    byte[] bytes = columns[position].bytes(value);
    return code == null ? bytes : code.encode(bytes);
  }

  private byte[] join(byte[][] parts) {
    int length = literals[parts.length].length;
    for (int i = 0; i < parts.length; i++) {
      length += literals[i].length + parts[i].length;
    }
    byte[] key = new byte[length];
    int end = 0;
    for (int i = 0; i < parts.length; i++) {
      end = append(key, end, literals[i]);
      end = append(key, end, parts[i]);
    }
    append(key, end, literals[parts.length]);
    return key;
  }

  private static int append(byte[] key, int end, byte[] part) {
    System.arraycopy(part, 0, key, end, part.length);
    return end + part.length;
  }

  /**
   * @return the values, or null if this template makes no such key: it is another's
   */
  public Object[] decode(byte[] key) {
    Object[] values = new Object[columns.length];
    int position = 0;
    for (int i = 0; i < columns.length; i++) {
      if (!startsWith(key, position, literals[i])) {
        return null;
      }
      position += literals[i].length;
      int end = end(key, position, literals[i + 1]);
      if (end < position) {
        return null;
      }
      byte[] part = Arrays.copyOfRange(key, position, end);
      try {
        values[i] = columns[i].fromBytes(code == null ? part : code.decode(part));
      } catch (IllegalArgumentException e) {
        return null;
      }
      position = end;
    }
    // A number, for one, can be written in several ways, but makes one key.
    return Arrays.equals(encodeValues(values), key) ? values : null;
  }

  /** Where the value ends that starts at the position; negative if it does not. */
  private int end(byte[] key, int position, byte[] literal) {
    if (literal.length == 0) {
      return key.length;
    }
    return code == null ? key.length - literal.length : code.end(key, position, literal);
  }

  private static boolean startsWith(byte[] key, int position, byte[] literal) {
    int end = position + literal.length;
    return end <= key.length && Arrays.equals(key, position, end, literal, 0, literal.length);
  }

  /**
   * The pattern, for SCAN MATCH, of all keys with the known values. It may match keys of other
   * templates too: {@link #decode} tells.
   *
   * @param knownValuesOrNull a value each column, or null where any value will do
   */
  public byte[] scanPattern(Object[] knownValuesOrNull) {
    ByteArrayOutputStream pattern = new ByteArrayOutputStream();
    for (int i = 0; i < columns.length; i++) {
      Glob.appendLiteral(pattern, literals[i]);
      if (knownValuesOrNull[i] == null) {
        pattern.write(Glob.ANY);
      } else {
        Glob.appendLiteral(pattern, part(i, knownValuesOrNull[i]));
      }
    }
    Glob.appendLiteral(pattern, literals[columns.length]);
    return pattern.toByteArray();
  }

  /**
   * The pattern, for SCAN MATCH, of all keys in which the value of one column begins so, as in
   * {@code LIKE 'abc%'}.
   *
   * @param position in {@link #columns}, of a CHAR, VARCHAR or STRING column
   */
  public byte[] scanPrefixPattern(int position, String prefix) {
    if (!columns[position].type().is(LogicalTypeFamily.CHARACTER_STRING)) {
      throw new IllegalArgumentException(
          String.format(
              "the key column '%s' is no STRING: look for a prefix of strings only.",
              columns[position].name()));
    }
    byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream pattern = new ByteArrayOutputStream();
    for (int i = 0; i < columns.length; i++) {
      Glob.appendLiteral(pattern, literals[i]);
      if (i == position) {
        Glob.appendLiteral(pattern, code == null ? start : code.encode(start));
      }
      pattern.write(Glob.ANY);
    }
    Glob.appendLiteral(pattern, literals[columns.length]);
    return pattern.toByteArray();
  }

  /** The template as written. */
  @Override
  public String toString() {
    return template;
  }
}
