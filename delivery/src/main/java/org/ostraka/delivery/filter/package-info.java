/** Filter patterns of triggers: which changes a function is sent. */
@NullMarked
package org.ostraka.delivery.filter;

import org.jspecify.annotations.NullMarked;
