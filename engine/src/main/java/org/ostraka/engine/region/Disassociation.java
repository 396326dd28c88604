package org.ostraka.engine.region;

import java.util.Map;
import java.util.Optional;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.GlobalTable.Setting;
import org.ostraka.model.Region;

/**
 * How a replica becomes a table of one region that keeps its items. It is noted among the settings
 * of the global table, under names that no other setting has: whether a replica may do so, and that
 * one waits until what was written before is replicated. Stateless.
 *
 * <p>https://docs.amazonaws.cn/en_us/amazondynamodb/latest/developerguide/globaltables-disassociate.md
 */
public final class Disassociation {
  private static final String PENDING = "disassociating/";
  private static final String UNPROTECTED = "not-protected-from-disassociation/";
  private static final String YES = "yes";

  private Disassociation() {}

  /** Returns since when a region's replica waits to leave the global table; empty when not. */
  public static Optional<Setting> pending(GlobalTable global, Region region) {
    return Optional.ofNullable(global.settings().get(PENDING + region))
        .filter(setting -> !setting.value().isEmpty());
  }

  /** Returns the settings of a replica that begins to leave. */
  static Map<String, String> begun(Region region) {
    return Map.of(PENDING + region, YES);
  }

  /** Returns whether a region's replica must not leave, as is the case until a request says so. */
  static boolean isProtected(GlobalTable global, Region region) {
    return global.value(UNPROTECTED + region).isEmpty();
  }

  /** Returns the settings of a replica that is protected or not. */
  static Map<String, String> protection(Region region, boolean isProtected) {
    return Map.of(UNPROTECTED + region, isProtected ? "" : YES);
  }

  /** Returns whether a setting is one of these of a region's replica. */
  static boolean isOf(Region region, String name) {
    return name.equals(PENDING + region) || name.equals(UNPROTECTED + region);
  }
}
