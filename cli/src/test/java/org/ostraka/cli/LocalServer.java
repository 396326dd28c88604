package org.ostraka.cli;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.server.OstrakaServer;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.config.DeliveryTargets;
import org.ostraka.server.config.Encryption;
import org.ostraka.server.config.PrincipalSettings;
import org.ostraka.server.config.Protection;
import org.ostraka.server.config.ServerSettings;
import org.ostraka.server.config.StoreLocation;
import org.ostraka.server.http.AllowedHosts;
import org.ostraka.server.http.AllowedOrigins;

/** Starts the server that tests call. */
final class LocalServer {
  private LocalServer() {}

  /** Starts a server on a free port of loopback, over a data directory. */
  static OstrakaServer over(Path data) throws Exception {
    return over(data, Encryption.NONE);
  }

  /** Starts a server whose data may be encrypted. */
  static OstrakaServer over(Path data, Encryption encryption) throws Exception {
    return OstrakaServer.start(
        new ServerSettings(
            InetAddress.getLoopbackAddress(),
            0,
            AllowedHosts.LOOPBACK,
            AllowedOrigins.LOCALHOST,
            new StoreLocation.InDirectory(data),
            false,
            ServerSettings.DEFAULT_BLOCK_CACHE_BYTES,
            Set.of(),
            Accounts.single(Accounts.DEFAULT_ACCOUNT),
            PrincipalSettings.NONE,
            0,
            DeliveryTargets.NONE,
            Protection.NONE,
            encryption,
            EngineSettings.DEFAULT,
            ServerSettings.archive(new StoreLocation.InDirectory(data)),
            ServerSettings.buckets(new StoreLocation.InDirectory(data))),
        _ -> {});
  }
}
