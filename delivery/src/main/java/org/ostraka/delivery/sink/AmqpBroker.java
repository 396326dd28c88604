package org.ostraka.delivery.sink;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.ostraka.delivery.BackOff;
import org.ostraka.delivery.settings.SinkSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel to an exchange of an AMQP 0-9-1 broker, with publisher confirms. Messages are
 * persistent, and one that no queue takes counts as refused. One thread.
 */
final class AmqpBroker implements Broker {
  private static final Logger LOG = LoggerFactory.getLogger(AmqpBroker.class);
  private static final int PERSISTENT = 2;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(30);

  private final String sink;
  private final SinkSettings.Amqp settings;
  private final BackOff backOff;
  private final ThreadFactory threads;
  private Optional<Session> session = Optional.empty();

  /**
   * An open channel.
   *
   * @param isReturned whether the broker has returned a message
   */
  private record Session(Connection connection, Channel channel, AtomicBoolean isReturned) {}

  AmqpBroker(String sink, SinkSettings.Amqp settings, BackOff backOff, ThreadFactory threads) {
    this.sink = sink;
    this.settings = settings;
    this.backOff = backOff;
    this.threads = threads;
  }

  @Override
  public void send(List<Message> messages) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        publish(messages);
        return;
      } catch (IOException
          | TimeoutException
          | GeneralSecurityException
          | ShutdownSignalException failed) {
        close();
        if (BackOff.isLogged(failures)) {
          LOG.warn("sink {} could not deliver (failure {} in a row)", sink, failures, failed);
        }
        backOff.await(failures);
      }
    }
  }

  private void publish(List<Message> messages)
      throws IOException, TimeoutException, GeneralSecurityException, InterruptedException {
    Session open = session();
    for (Message message : messages) {
      AMQP.BasicProperties properties =
          new AMQP.BasicProperties.Builder()
              .contentType("application/json")
              .deliveryMode(PERSISTENT)
              .messageId(message.id())
              .build();
      open.channel()
          .basicPublish(
              settings.exchange(), settings.routingKey(), true, properties, message.value());
    }
    if (!open.channel().waitForConfirms(CONFIRM_TIMEOUT.toMillis())) {
      throw new IOException("the broker did not take a message");
    }
    // The broker returns a message before it confirms it.
    if (open.isReturned().get()) {
      throw new IOException("no queue takes messages with this exchange and routing key");
    }
  }

  private Session session() throws IOException, TimeoutException, GeneralSecurityException {
    if (session.isEmpty()) {
      Connection connection = factory().newConnection("ostraka sink " + sink);
      try {
        Channel channel = connection.createChannel();
        channel.confirmSelect();
        AtomicBoolean isReturned = new AtomicBoolean();
        channel.addReturnListener(_ -> isReturned.set(true));
        session = Optional.of(new Session(connection, channel, isReturned));
      } catch (IOException | ShutdownSignalException failed) {
        connection.abort();
        throw failed;
      }
    }
    return session.orElseThrow();
  }

  private ConnectionFactory factory() throws GeneralSecurityException {
    ConnectionFactory factory = new ConnectionFactory();
    try {
      factory.setUri(settings.uri());
    } catch (URISyntaxException illegal) {
      throw new GeneralSecurityException("the URI of the sink cannot be used", illegal);
    }
    if (factory.isSSL()) {
      // The library's default accepts every certificate.
      factory.useSslProtocol(SSLContext.getDefault());
      factory.enableHostnameVerification();
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setThreadFactory(threads);
    factory.setConnectionTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    factory.setHandshakeTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
    return factory;
  }

  /** Closes at once: what is not confirmed will be sent again. */
  @Override
  public void close() {
    session.ifPresent(open -> open.connection().abort(1));
    session = Optional.empty();
  }
}
