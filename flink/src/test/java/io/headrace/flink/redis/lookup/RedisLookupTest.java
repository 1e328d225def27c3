package io.headrace.flink.redis.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.flink.redis.connection.Credentials;
import io.headrace.flink.redis.connection.RedisAddress;
import io.headrace.flink.redis.connection.RedisTarget;
import io.headrace.flink.redis.connection.Tls;
import io.headrace.flink.redis.server.RedisServer;
import io.headrace.flink.redis.structure.KeyFilter;
import io.headrace.flink.redis.structure.RowShape;
import io.headrace.flink.redis.structure.TableLayout;
import io.headrace.flink.redis.table.TableOptions;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lookups while Redis has trouble. */
class RedisLookupTest {

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  /** A node without slots refuses all keys with CLUSTERDOWN. */
  @RegisterExtension
  static final RedisServer NODE =
      RedisServer.builder().argument("--cluster-enabled", "yes").build();

  private final Metrics metrics = new Metrics();
  private RedisLookup lookup;

  @AfterEach
  void close() {
    if (lookup != null) {
      lookup.close();
    }
  }

  private void open(RedisServer server, int maxRetries, Duration timeout) throws Exception {
    RowType type =
        (RowType)
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.STRING().notNull()),
                    DataTypes.FIELD("n", DataTypes.INT()))
                .getLogicalType();
    TableOptions options = new TableOptions("c.d.item", new Configuration());
    TableLayout layout = TableLayout.of(options, "item", type, List.of("id"), Map.of());
    RedisTarget target =
        new RedisTarget(
            "c.d.item",
            RedisAddress.parse(server.url()),
            Credentials.NONE,
            null,
            Tls.DEFAULT,
            timeout,
            timeout);
    LookupPlan plan =
        LookupPlan.of(
            target,
            layout,
            new RowShape(List.of(0, 1), false),
            KeyFilter.none(layout),
            new int[] {0},
            maxRetries);
    lookup = InstantiationUtil.clone(new RedisLookup(plan));
    lookup.open(metrics);
  }

  private CompletableFuture<Collection<RowData>> lookup(String id) {
    return lookup.lookup(GenericRowData.of(StringData.fromString(id)));
  }

  private Collection<RowData> rows(String id) throws Exception {
    return lookup(id).get(30, TimeUnit.SECONDS);
  }

  private static RowData row(String id, int n) {
    return GenericRowData.of(StringData.fromString(id), n);
  }

  @Test
  void measures() throws Exception {
    open(REDIS, 0, Duration.ofSeconds(5));
    REDIS.commands().hset("item:a", "n", "1");

    assertThat(rows("a")).containsExactly(row("a", 1));
    assertThat(rows("b")).isEmpty();
    assertThat(lookup.lookup(GenericRowData.of((Object) null)).get()).isEmpty();

    assertThat(metrics.count("numLookups")).as("none for NULL").isEqualTo(2);
    assertThat(metrics.count("numLookupRetries")).isZero();
    assertThat(metrics.count("numLookupErrors")).isZero();
    assertThat(metrics.gauge("numLookupsInFlight")).isEqualTo(0);
    assertThat(metrics.histogram("lookupMicros").getCount()).isEqualTo(2);
  }

  @Test
  void lostConnection() throws Exception {
    open(REDIS, 3, Duration.ofSeconds(5));
    REDIS.commands().hset("item:a", "n", "1");

    assertThat(rows("a")).hasSize(1);
    REDIS.killOtherClients();
    assertThat(rows("a")).hasSize(1);
  }

  @Test
  void serverThatStartsAgain() throws Exception {
    open(REDIS, 100, Duration.ofMillis(300));
    REDIS.kill();
    CompletableFuture<Collection<RowData>> rows = lookup("a");
    REDIS.await(() -> metrics.count("numLookupRetries") > 0);
    assertThat(metrics.gauge("numLookupsInFlight")).isEqualTo(1);
    REDIS.start();

    assertThat(rows.get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(metrics.gauge("numLookupsInFlight")).isEqualTo(0);
  }

  @Test
  void answerThatMayPassIsAskedForAgain() throws Exception {
    open(NODE, 100, Duration.ofSeconds(5));
    CompletableFuture<Collection<RowData>> rows = lookup("a");
    NODE.await(() -> metrics.count("numLookupRetries") > 1);
    NODE.commands().clusterAddSlots(IntStream.range(0, SlotHash.SLOT_COUNT).toArray());

    assertThat(rows.get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(metrics.count("numLookups")).isEqualTo(1);
    NODE.commands().clusterFlushslots();
  }

  @Test
  void retriesAreCounted() throws Exception {
    open(NODE, 2, Duration.ofSeconds(5));

    assertThatThrownBy(() -> rows("a"))
        .cause()
        .hasMessageStartingWith("Table c.d.item, key 'item:a', command HMGET: Redis at 127.0.0.1")
        .hasMessageContaining("CLUSTERDOWN");
    assertThat(metrics.count("numLookupRetries")).isEqualTo(2);
    assertThat(metrics.count("numLookupErrors")).isEqualTo(1);
    assertThat(metrics.gauge("numLookupsInFlight")).isEqualTo(0);
  }

  @Test
  void wrongTypeIsNotAskedForAgain() throws Exception {
    open(REDIS, 100, Duration.ofSeconds(5));
    REDIS.commands().set("item:a", "a string");

    assertThatThrownBy(() -> rows("a")).cause().hasMessageContaining("WRONGTYPE");
    assertThat(metrics.count("numLookupRetries")).isZero();
  }
}
