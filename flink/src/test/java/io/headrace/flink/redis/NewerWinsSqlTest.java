package io.headrace.flink.redis;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.flink.redis.server.RedisServer;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names of columns stand in the scripts that compare: whatever they are, and however many. */
class NewerWinsSqlTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final String[] OPTIONS = {
    "'newer-wins.column' = 'it''s \"the\" \\time\\'", "'newer-wins.check' = 'always'"
  };
  private static final String TIME = "`it's \"the\" \\time\\` TIMESTAMP_LTZ(3)";

  private SqlSession session;

  @BeforeEach
  void openSession() {
    session = new SqlSession(REDIS);
  }

  @Test
  void columnsMayHaveAnyNames() throws Exception {
    session.createTable(
        "odd", "id STRING, `评论` STRING, " + TIME + ", PRIMARY KEY (id) NOT ENFORCED", OPTIONS);

    session.run("INSERT INTO odd VALUES ('i1', 'new', TO_TIMESTAMP_LTZ(2000, 3))");
    session.run("INSERT INTO odd VALUES ('i1', 'old', TO_TIMESTAMP_LTZ(1000, 3))");

    assertThat(REDIS.commands().hgetall("odd:i1"))
        .isEqualTo(
            Map.of("id", "i1", "评论", "new", "it's \"the\" \\time\\", "1970-01-01T00:00:02.000Z"));
  }

  @Test
  void rowsMayBeWide() throws Exception {
    int columns = 260;
    String declared =
        IntStream.range(0, columns).mapToObj(i -> "c" + i + " INT").collect(joining(", "));
    String values =
        IntStream.range(0, columns)
            .mapToObj(i -> i % 7 == 0 ? "CAST(NULL AS INT)" : "" + i)
            .collect(joining(", "));
    session.createTable(
        "wide",
        "id STRING, " + TIME + ", " + declared + ", PRIMARY KEY (id) NOT ENFORCED",
        OPTIONS);

    session.run("INSERT INTO wide VALUES ('i1', TO_TIMESTAMP_LTZ(2000, 3), " + values + ")");

    Map<String, String> row = REDIS.commands().hgetall("wide:i1");
    for (int i = 0; i < columns; i++) {
      assertThat(row.get("c" + i)).as("c%d", i).isEqualTo(i % 7 == 0 ? null : "" + i);
    }
  }
}
