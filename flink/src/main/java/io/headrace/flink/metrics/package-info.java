/** How Flink's metrics leave the cluster. */
package io.headrace.flink.metrics;
