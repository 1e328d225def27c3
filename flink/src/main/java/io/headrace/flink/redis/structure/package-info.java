/**
 * How rows stand in Redis: as hashes, strings, sorted sets, lists or streams. Each structure has an
 * encoder, from a row to commands, and a decoder, from a key's contents to rows.
 */
package io.headrace.flink.redis.structure;
