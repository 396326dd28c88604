package org.ostraka.engine.lease;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.storage.Guard;
import org.ostraka.storage.Position;

/** The server of a store that no other process can open. Immutable. */
final class SoleServer implements Servers {
  private static final OptionalLong ONLY_TERM = OptionalLong.of(1);
  private static final Optional<List<Guard>> ALL_DUTIES = Optional.of(List.of());

  @Override
  public OptionalLong term() {
    return ONLY_TERM;
  }

  @Override
  public List<Guard> guards() {
    return List.of();
  }

  @Override
  public void awaitSeen(Position change) {
    // There is no other server.
  }

  @Override
  public Optional<List<Guard>> hold(Duty duty) {
    return ALL_DUTIES;
  }

  @Override
  public boolean isShared() {
    return false;
  }
}
