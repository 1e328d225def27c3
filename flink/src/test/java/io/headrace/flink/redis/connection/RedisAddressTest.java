package io.headrace.flink.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs, with their defaults. */
class RedisAddressTest {

  private static RedisAddress standalone(String host, int port, int database) {
    return new RedisAddress(
        Topology.STANDALONE, false, List.of(new NodeAddress(host, port)), database, null);
  }

  @Test
  void full() {
    assertThat(RedisAddress.parse("redis://redis.internal:7000/3"))
        .isEqualTo(standalone("redis.internal", 7000, 3));
  }

  @Test
  void portAndDatabaseHaveDefaults() {
    assertThat(RedisAddress.parse("redis://h"))
        .isEqualTo(RedisAddress.parse("redis://h:6379/"))
        .isEqualTo(standalone("h", 6379, 0));
  }

  @Test
  void hostsOfAllSorts() {
    assertThat(RedisAddress.parse("redis://my_redis:1").nodes().get(0).host())
        .isEqualTo("my_redis");
    assertThat(RedisAddress.parse("redis://[::1]:7000").nodes().get(0).host()).isEqualTo("::1");
    assertThat(RedisAddress.parse("redis://[::1]:7000").hostAndPort()).isEqualTo("[::1]:7000");
  }

  @Test
  void tls() {
    assertThat(RedisAddress.parse("rediss://h").tls()).isTrue();
    assertThat(RedisAddress.parse("rediss-sentinel://h#m").tls()).isTrue();
    assertThat(RedisAddress.parse("rediss-cluster://h").tls()).isTrue();
  }

  @Test
  void sentinels() {
    assertThat(RedisAddress.parse("redis-sentinel://h1,h2:5000/2#my-master"))
        .isEqualTo(
            new RedisAddress(
                Topology.SENTINEL,
                false,
                List.of(new NodeAddress("h1", 26379), new NodeAddress("h2", 5000)),
                2,
                "my-master"));
  }

  @Test
  void cluster() {
    RedisAddress address = RedisAddress.parse("redis-cluster://h1:7000,[::1]:7001/0");

    assertThat(address.topology()).isEqualTo(Topology.CLUSTER);
    assertThat(address.hostAndPort()).isEqualTo("h1:7000, [::1]:7001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis://h1:1,h2:2             | it names several hosts. Write 'redis-sentinel://",
        "redis-cluster://h1:1/3        | it names database 3, and a Redis Cluster has only database 0",
        "redis-sentinel://h1:1         | it lacks what the Sentinels call the primary. Write it",
        "redis://h1:1#mymaster         | it has a '#', which only a 'redis-sentinel://",
        "redis-cluster://h1:1,,h2:2    | it is not a Redis URL",
        "redis-other://h1:1            | it is not a Redis URL",
        "redis-cluster://h1:1,h2:99999 | the port 99999 is not between 1 and 65535",
        "redis-cluster://h1:1,u:p@h2:1 | it holds credentials",
      })
  void whatIsWrongAndWhatToWriteInstead(String url, String words) {
    assertThatThrownBy(() -> RedisAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("u:p");
  }
}
