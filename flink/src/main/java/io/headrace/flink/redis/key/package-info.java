/** The keys of rows in Redis: made from columns, taken apart again, looked for. */
package io.headrace.flink.redis.key;
