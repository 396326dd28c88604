package org.ostraka.engine.transaction;

import org.ostraka.engine.item.Conflicts;

/** What the operations on transactions share. Any thread. */
public record Transactions(RequestTokens tokens, Conflicts conflicts) {}
