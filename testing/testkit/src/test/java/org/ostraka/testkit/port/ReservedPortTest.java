package org.ostraka.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReservedPortTest {
  @Test
  void serversListenOnItOneAfterTheOther() throws IOException {
    try (ReservedPort port = new ReservedPort()) {
      for (int server = 0; server < 2; server++) {
        assertThatThrownBy(() -> connect(port).close()).isInstanceOf(ConnectException.class);
        try (ServerSocket listening = bind(port, true);
            Socket client = connect(port);
            Socket caller = listening.accept()) {
          client.getOutputStream().write(server);
          assertThat(caller.getInputStream().read()).isEqualTo(server);
        }
      }
    }
  }

  @Test
  void whoNeedsItAloneDoesNotGetItBeforeItIsGivenBack() throws IOException {
    ReservedPort port = new ReservedPort();
    try (port) {
      assertThatThrownBy(() -> bind(port, false).close()).isInstanceOf(BindException.class);
    }
    bind(port.number(), false).close();
  }

  private static ServerSocket bind(ReservedPort port, boolean isShared) throws IOException {
    return bind(port.number(), isShared);
  }

  private static ServerSocket bind(int port, boolean isShared) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(isShared);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return server;
  }

  private static Socket connect(ReservedPort port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port.number());
  }
}
