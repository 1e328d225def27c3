package io.headrace.flink.redis.structure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.flink.redis.value.ValueFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.flink.table.data.StringData;

/**
 * The keys that a query's conditions leave: of a column, some values only, or strings that begin
 * so. All conditions in it are applied to the full: no row that it lets through needs to be looked
 * at again.
 *
 * <p>Its columns are those of the key and, of a 'zset' or 'map', the member or field. Values are
 * kept as texts, which travel with the job; equal values of the accepted types have equal texts.
 */
public final class KeyFilter implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More than so many keys are rather looked for by SCAN. */
  private static final int MOST_KEYS = 100_000;

  /** What the sinks keep for themselves, tombstones for one. */
  private static final byte[] INTERNAL = "headrace:".getBytes(UTF_8);

  private final TableLayout layout;
  private final int[] keyColumns;
  private final Map<Integer, Set<String>> values;
  private final Map<Integer, String> prefixes;

  private KeyFilter(
      TableLayout layout, Map<Integer, Set<String>> values, Map<Integer, String> prefixes) {
    this.layout = layout;
    this.keyColumns = layout.key().columns();
    this.values = values;
    this.prefixes = prefixes;
  }

  /** All keys of the table. */
  public static KeyFilter none(TableLayout layout) {
    return new KeyFilter(layout, Map.of(), Map.of());
  }

  /** Whether conditions on the column, by its index, can be part of a filter. */
  public boolean covers(int column) {
    return isInKey(column) || isMember(column);
  }

  /** Whether the column is part of the key. */
  public boolean isInKey(int column) {
    return Arrays.stream(keyColumns).anyMatch(it -> it == column);
  }

  private boolean isMember(int column) {
    return layout.memberColumn() != null && layout.memberColumn() == column;
  }

  /**
   * This filter, and the column is one of the values.
   *
   * @param column that this {@link #covers}
   */
  public KeyFilter andOneOf(int column, List<Object> allowed) {
    ValueFormat format = format(column);
    Set<String> texts = new LinkedHashSet<>();
    allowed.forEach(value -> texts.add(format.text(value)));
    if (values.containsKey(column)) {
      texts.retainAll(values.get(column));
    }
    Map<Integer, Set<String>> more = new LinkedHashMap<>(values);
    more.put(column, texts);
    return new KeyFilter(layout, more, prefixes);
  }

  /**
   * This filter, and the column begins so.
   *
   * @param column of the key, with strings, and without such a condition yet
   */
  public KeyFilter andPrefix(int column, String prefix) {
    Map<Integer, String> more = new LinkedHashMap<>(prefixes);
    more.put(column, prefix);
    return new KeyFilter(layout, values, more);
  }

  public boolean hasPrefix(int column) {
    return prefixes.containsKey(column);
  }

  /** Whether it names all keys, so that they can be read without looking for them. */
  public boolean isComplete() {
    long keys = 1;
    for (int column : keyColumns) {
      if (!values.containsKey(column)) {
        return false;
      }
      keys *= values.get(column).size();
      if (keys > MOST_KEYS) {
        return false;
      }
    }
    return true;
  }

  /** The keys, where the filter {@link #isComplete}. */
  public List<RowPlace> places() {
    List<List<Object>> candidates = new ArrayList<>();
    for (int column : keyColumns) {
      candidates.add(allowed(column));
    }
    List<RowPlace> places = new ArrayList<>();
    for (Object[] keyValues : product(candidates)) {
      RowPlace place = place(layout.key().encodeValues(keyValues), keyValues);
      if (place != null) {
        places.add(place);
      }
    }
    return places;
  }

  /** All ways to take one value of each list. */
  public static List<Object[]> product(List<List<Object>> lists) {
    List<Object[]> all = List.<Object[]>of(new Object[lists.size()]);
    for (int i = 0; i < lists.size(); i++) {
      List<Object[]> longer = new ArrayList<>();
      for (Object[] start : all) {
        for (Object value : lists.get(i)) {
          Object[] one = start.clone();
          one[i] = value;
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  /**
   * Where the rows of a key are that a SCAN has found.
   *
   * @return null if the filter excludes the key, or if it is no key of the table
   */
  @Nullable
  public RowPlace place(byte[] key) {
    if (startsWith(key, INTERNAL) && !startsWith(pattern(), INTERNAL)) {
      return null;
    }
    Object[] keyValues = layout.key().decode(key);
    return keyValues == null ? null : place(key, keyValues);
  }

  @Nullable
  private RowPlace place(byte[] key, Object[] keyValues) {
    List<Object> members = members();
    boolean excluded = !allows(keyValues) || (members != null && members.isEmpty());
    return excluded ? null : new RowPlace(key, keyValues, members);
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /**
   * @param keyValues in the order of the key's columns
   */
  public boolean allows(Object[] keyValues) {
    for (int i = 0; i < keyColumns.length; i++) {
      if (!allows(keyColumns[i], keyValues[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param column any of the table's
   */
  public boolean allows(int column, Object value) {
    Set<String> allowed = values.get(column);
    if (allowed != null && !allowed.contains(format(column).text(value))) {
      return false;
    }
    String prefix = prefixes.get(column);
    return prefix == null || ((StringData) value).toString().startsWith(prefix);
  }

  /** The values that are left of a column; null if all are. */
  @Nullable
  public List<Object> allowed(int column) {
    Set<String> texts = values.get(column);
    ValueFormat format = format(column);
    return texts == null ? null : texts.stream().map(format::fromText).toList();
  }

  /** The members that are left of a 'zset', the fields of a 'map'; null if all are. */
  @Nullable
  public List<Object> members() {
    return layout.memberColumn() == null ? null : allowed(layout.memberColumn());
  }

  /** What SCAN MATCH takes to find at least the keys that are left. */
  public byte[] pattern() {
    Object[] known = new Object[keyColumns.length];
    boolean knowsOne = false;
    for (int i = 0; i < known.length; i++) {
      List<Object> allowed = allowed(keyColumns[i]);
      if (allowed != null && allowed.size() == 1) {
        known[i] = allowed.get(0);
        knowsOne = true;
      }
    }
    for (int i = 0; i < known.length && !knowsOne; i++) {
      String prefix = prefixes.get(keyColumns[i]);
      if (prefix != null) {
        return layout.key().scanPrefixPattern(i, prefix);
      }
    }
    return layout.key().scanPattern(known);
  }

  private ValueFormat format(int column) {
    return layout.formats().get(column);
  }
}
