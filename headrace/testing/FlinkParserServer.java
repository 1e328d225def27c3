import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImplConstants;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.parse.ExtendedParser;

/**
 * Answers what Flink's parser makes of statements: a line of JSON each way.
 *
 * <p>A null is answered with the words that the grammar knows. The settings are those of Flink's planner (PlannerContext, ParserImpl): first the client's own commands, then the
 * grammar, with Java's lexical rules and identifiers of up to 256 characters.
 */
public class FlinkParserServer {
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withConformance(FlinkSqlConformance.DEFAULT)
          .withLex(Lex.JAVA)
          .withIdentifierMaxLength(256);

  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String statement = json.readValue(line, String.class);
      output.println(json.writeValueAsString(statement == null ? keywords() : answer(statement)));
    }
  }

  private static Map<String, Object> answer(String statement) {
    Map<String, Object> answer = new LinkedHashMap<>();
    try {
      answer.put("normalised", normalised(statement));
    } catch (SqlParseException refused) {
      answer.put("error", String.valueOf(refused.getMessage()));
      if (refused.getPos() != null) {
        answer.put("line", refused.getPos().getLineNum());
        answer.put("column", refused.getPos().getColumnNum());
      }
    } catch (Exception | Error refused) {
      answer.put("error", String.valueOf(refused));
    }
    return answer;
  }

  /** The words that the grammar knows, in capitals. */
  private static Map<String, Object> keywords() {
    return Map.of(
        "keywords",
        Stream.of(FlinkSqlParserImplConstants.tokenImage)
            .filter(image -> image.matches("\"[A-Z_0-9]+\""))
            .map(image -> image.substring(1, image.length() - 1))
            .sorted()
            .distinct()
            .collect(Collectors.toList()));
  }

  private static String normalised(String statement) throws SqlParseException {
    Optional<Operation> command = ExtendedParser.INSTANCE.parse(statement);
    if (command.isPresent()) {
      return command.get().asSummaryString();
    }
    SqlNodeList nodes = SqlParser.create(statement, CONFIG).parseStmtList();
    if (nodes.size() != 1) {
      throw new IllegalArgumentException("Expected one statement, found " + nodes.size());
    }
    StringBuilder text = new StringBuilder();
    describe(nodes.get(0), text);
    String unparsed;
    try {
      unparsed = nodes.get(0).toSqlString(AnsiSqlDialect.DEFAULT, true).getSql();
    } catch (RuntimeException absent) {
      unparsed = "";
    }
    return unparsed + "\n" + text;
  }

  /** Some of Flink's nodes only have the operands that were written, and fail instead of saying so. */
  private static List<SqlNode> operands(SqlCall call) {
    try {
      return call.getOperandList();
    } catch (NoSuchElementException absent) {
      return List.of();
    }
  }

  /** What unparsing may leave out: the classes, operators and operands of all nodes. */
  private static void describe(SqlNode node, StringBuilder text) {
    if (node == null) {
      text.append('_');
    } else if (node instanceof SqlNodeList) {
      text.append('[');
      ((SqlNodeList) node).forEach(item -> describe(item, text.append(' ')));
      text.append(']');
    } else if (node instanceof SqlCall) {
      SqlCall call = (SqlCall) node;
      text.append('(').append(node.getClass().getSimpleName()).append(' ').append(call.getOperator().getName());
      if (call.getFunctionQuantifier() != null) {
        text.append(' ').append(call.getFunctionQuantifier());
      }
      operands(call).forEach(item -> describe(item, text.append(' ')));
      text.append(')');
    } else {
      text.append(node);
    }
  }
}
