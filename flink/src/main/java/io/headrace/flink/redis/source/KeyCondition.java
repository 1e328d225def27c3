package io.headrace.flink.redis.source;

import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * Finds, in a condition of a query, what a {@link KeyFilter} can apply: {@code column = literal},
 * {@code column IN (literals)} with its other form, equalities joined by OR, and {@code column LIKE
 * 'abc%'}.
 */
final class KeyCondition {

  /** What LIKE gives a meaning to; the escape character is none without the others. */
  private static final String SPECIAL = "%_\\";

  private final TableLayout layout;

  KeyCondition(TableLayout layout) {
    this.layout = layout;
  }

  /** The filter and the condition; empty if the condition has to be applied afterwards. */
  Optional<KeyFilter> and(KeyFilter filter, ResolvedExpression condition) {
    Optional<KeyFilter> prefix = prefix(filter, condition);
    if (prefix.isPresent()) {
      return prefix;
    }
    List<Equality> equalities = new ArrayList<>();
    if (!collect(condition, equalities)
        || equalities.stream().map(Equality::column).distinct().count() != 1
        || !filter.covers(equalities.get(0).column())) {
      return Optional.empty();
    }
    return Optional.of(
        filter.andOneOf(
            equalities.get(0).column(), equalities.stream().map(Equality::value).toList()));
  }

  private record Equality(int column, Object value) {}

  /**
   * @return false if there is something else in the condition
   */
  private boolean collect(ResolvedExpression condition, List<Equality> equalities) {
    if (!(condition instanceof CallExpression call)) {
      return false;
    }
    FunctionDefinition function = call.getFunctionDefinition();
    List<ResolvedExpression> arguments = call.getResolvedChildren();
    if (function == BuiltInFunctionDefinitions.OR) {
      return arguments.stream().allMatch(argument -> collect(argument, equalities));
    }
    if (function == BuiltInFunctionDefinitions.EQUALS) {
      return add(arguments.get(0), arguments.get(1), equalities)
          || add(arguments.get(1), arguments.get(0), equalities);
    }
    if (function == BuiltInFunctionDefinitions.IN) {
      return arguments.stream()
          .skip(1)
          .allMatch(argument -> add(arguments.get(0), argument, equalities));
    }
    return false;
  }

  private boolean add(
      ResolvedExpression reference, ResolvedExpression literal, List<Equality> equalities) {
    int column = column(reference);
    if (column < 0 || !(literal instanceof ValueLiteralExpression value)) {
      return false;
    }
    Optional<Object> internal = LiteralValue.of(value, layout.types().get(column));
    internal.ifPresent(it -> equalities.add(new Equality(column, it)));
    return internal.isPresent();
  }

  /** The index of the column in the table; negative for anything else. */
  private int column(ResolvedExpression expression) {
    return expression instanceof FieldReferenceExpression field
        ? layout.columns().indexOf(field.getName())
        : -1;
  }

  private Optional<KeyFilter> prefix(KeyFilter filter, ResolvedExpression condition) {
    if (!(condition instanceof CallExpression call)
        || call.getFunctionDefinition() != BuiltInFunctionDefinitions.LIKE
        || call.getResolvedChildren().size() != 2
        || !(call.getResolvedChildren().get(1) instanceof ValueLiteralExpression literal)) {
      return Optional.empty();
    }
    int column = column(call.getResolvedChildren().get(0));
    String pattern = literal.getValueAs(String.class).orElse("");
    if (column < 0
        || !filter.isInKey(column)
        || filter.hasPrefix(column)
        || !isText(layout.types().get(column))
        || !pattern.endsWith("%")) {
      return Optional.empty();
    }
    String prefix = pattern.substring(0, pattern.length() - 1);
    return prefix.chars().anyMatch(character -> SPECIAL.indexOf(character) >= 0)
        ? Optional.empty()
        : Optional.of(filter.andPrefix(column, prefix));
  }

  private static boolean isText(LogicalType type) {
    return type.is(LogicalTypeFamily.CHARACTER_STRING);
  }
}
