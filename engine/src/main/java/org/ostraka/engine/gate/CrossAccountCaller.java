package org.ostraka.engine.gate;

import java.util.List;
import java.util.Map;
import org.ostraka.identity.policy.Requester;

/**
 * A caller as the policies of other accounts know it. Immutable.
 *
 * @param keys the condition keys of the request, with their values
 */
public record CrossAccountCaller(Requester requester, Map<String, List<String>> keys) {
  public CrossAccountCaller {
    keys = Map.copyOf(keys);
  }
}
