package io.headrace.flink.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.Test;

class NameLookupTest {

  @Test
  void aLookupThatOneClientLeavesOpenHoldsUpNoOther() {
    ClientResources resources = LettuceSettings.resources().build();
    try {
      // It keeps nothing between two lookups.
      assertThat(resources.addressResolverGroup()).isSameAs(DefaultAddressResolverGroup.INSTANCE);
    } finally {
      resources.shutdown();
    }
  }
}
