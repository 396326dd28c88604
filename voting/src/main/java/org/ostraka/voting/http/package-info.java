/** The HTTP interface. */
@NullMarked
package org.ostraka.voting.http;

import org.jspecify.annotations.NullMarked;
