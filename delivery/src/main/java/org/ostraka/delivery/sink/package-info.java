/** Sinks: changes of a shard are sent to a broker, Apache Kafka or one that speaks AMQP 0-9-1. */
@NullMarked
package org.ostraka.delivery.sink;

import org.jspecify.annotations.NullMarked;
