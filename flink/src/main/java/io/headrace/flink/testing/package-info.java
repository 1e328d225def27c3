/**
 * The source of SQL tests: messages from a file, in the table's own format, with Kafka's metadata.
 *
 * <p>Messages of several tables arrive in the order that the test says. A run of messages of one
 * table is a turn; the next turn begins when a checkpoint has passed through the whole job, so that
 * every operator has dealt with all that came before.
 */
package io.headrace.flink.testing;
