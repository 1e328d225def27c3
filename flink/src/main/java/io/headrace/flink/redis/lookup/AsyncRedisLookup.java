package io.headrace.flink.redis.lookup;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/** Lookups that do not wait for each other. Public, as Flink wants its functions to be. */
public final class AsyncRedisLookup extends AsyncLookupFunction {

  private static final long serialVersionUID = 1L;

  private final RedisLookup lookup;

  AsyncRedisLookup(LookupPlan plan) {
    this.lookup = new RedisLookup(plan);
  }

  @Override
  public void open(FunctionContext context) throws IOException {
    lookup.open(context.getMetricGroup());
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncLookup(RowData joinKeys) {
    return lookup.lookup(joinKeys);
  }

  @Override
  public void close() {
    lookup.close();
  }
}
