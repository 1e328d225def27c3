package io.headrace.flink.redis.structure;

import java.util.List;
import javax.annotation.Nullable;

/**
 * Where rows are looked for.
 *
 * @param keyValues the values that the key is made of, in the order of the template's columns
 * @param members of a 'zset' or 'map': the only members or fields that are looked for; null for all
 */
public record RowPlace(byte[] key, Object[] keyValues, @Nullable List<Object> members) {}
