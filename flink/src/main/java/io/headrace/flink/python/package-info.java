/** How a TaskManager serves its Python workers. */
package io.headrace.flink.python;
