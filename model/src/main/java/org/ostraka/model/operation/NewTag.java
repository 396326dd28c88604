package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;

/** A requested tag; only its form is checked. Immutable. */
public record NewTag(@Nullable String key, @Nullable String value) {}
