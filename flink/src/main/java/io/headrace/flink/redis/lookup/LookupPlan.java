package io.headrace.flink.redis.lookup;

import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowDecoder;
import io.headrace.flink.redis.structure.RowDecoders;
import io.headrace.flink.redis.structure.RowPlace;
import io.headrace.flink.redis.structure.RowShape;
import io.headrace.flink.redis.structure.TableLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;

/**
 * From the values that a row is joined by to the rows of the table. The key's columns, and the
 * member of a 'zset', say where to look; what else is compared is compared afterwards.
 */
public final class LookupPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  private final RedisTarget target;
  private final TableLayout layout;
  private final KeyFilter filter;
  private final RowDecoder decoder;
  private final int maxRetries;

  /** Of the key's columns, in their order; null where the query's conditions give the values. */
  private final List<JoinedColumn> keyColumns = new ArrayList<>();

  /** Null if rows are not joined by it. */
  @Nullable private final JoinedColumn member;

  private final List<JoinedColumn> compared = new ArrayList<>();

  private LookupPlan(
      RedisTarget target,
      TableLayout layout,
      RowShape shape,
      KeyFilter filter,
      int[] joined,
      int maxRetries) {
    this.target = target;
    this.layout = layout;
    this.filter = filter;
    this.decoder = RowDecoders.of(layout, shape);
    this.maxRetries = maxRetries;
    JoinedColumn[] columns = new JoinedColumn[layout.columns().size()];
    for (int i = 0; i < joined.length; i++) {
      if (joined[i] == shape.columns().size()) {
        compared.add(JoinedColumn.of(i, joined[i], new BigIntType()));
      } else {
        int column = shape.columns().get(joined[i]);
        JoinedColumn one = JoinedColumn.of(i, joined[i], layout.types().get(column));
        if (filter.covers(column)) {
          columns[column] = one;
        } else {
          compared.add(one);
        }
      }
    }
    for (int column : layout.key().columns()) {
      if (columns[column] == null && filter.allowed(column) == null) {
        throw incomplete(layout.columns().get(column));
      }
      keyColumns.add(columns[column]);
    }
    this.member = layout.memberColumn() == null ? null : columns[layout.memberColumn()];
  }

  /**
   * @param filter what the query's conditions say of the key, besides what is joined
   * @param joined positions, in rows of the shape, of the columns that are joined
   * @param maxRetries how often a lookup is tried again
   * @throws ValidationException if that does not make a key
   */
  public static LookupPlan of(
      RedisTarget target,
      TableLayout layout,
      RowShape shape,
      KeyFilter filter,
      int[] joined,
      int maxRetries) {
    return new LookupPlan(target, layout, shape, filter, joined, maxRetries);
  }

  private ValidationException incomplete(String column) {
    return new ValidationException(
        String.format(
            "Table %s: the join's condition does not say which '%s', and the key '%s' is made of"
                + " it. Add 'AND … = %s' to the condition, with a column of the other table or a"
                + " constant.",
            layout.table(), column, layout.key(), column));
  }

  RedisTarget target() {
    return target;
  }

  RowDecoder decoder() {
    return decoder;
  }

  int maxRetries() {
    return maxRetries;
  }

  /**
   * Where the rows are that may match. None if a value is NULL, which equals nothing.
   *
   * @param joinKeys the values of the joined columns
   */
  List<RowPlace> places(RowData joinKeys) {
    List<List<Object>> candidates = new ArrayList<>();
    int[] columns = layout.key().columns();
    for (int i = 0; i < columns.length; i++) {
      JoinedColumn column = keyColumns.get(i);
      candidates.add(column == null ? filter.allowed(columns[i]) : column.values(joinKeys));
    }
    List<Object> members = filter.members();
    if (member != null) {
      members =
          member.values(joinKeys).stream()
              .filter(value -> filter.allows(layout.memberColumn(), value))
              .toList();
    }
    if (members != null && members.isEmpty()) {
      return List.of();
    }
    List<RowPlace> places = new ArrayList<>();
    for (Object[] keyValues : KeyFilter.product(candidates)) {
      if (filter.allows(keyValues)) {
        places.add(new RowPlace(layout.key().encodeValues(keyValues), keyValues, members));
      }
    }
    return places;
  }

  /** Those of the rows in which the other joined columns are equal too. */
  List<RowData> matching(RowData joinKeys, List<RowData> rows) {
    return compared.isEmpty()
        ? rows
        : rows.stream()
            .filter(row -> compared.stream().allMatch(column -> column.isEqual(joinKeys, row)))
            .toList();
  }
}
