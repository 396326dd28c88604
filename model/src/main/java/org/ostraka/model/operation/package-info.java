/** One file per API operation: its request and its response, with absent members as null. */
@NullMarked
package org.ostraka.model.operation;

import org.jspecify.annotations.NullMarked;
