/** What tests of more than one module share; its parts are the packages below. */
@NullMarked
package org.ostraka.testkit;

import org.jspecify.annotations.NullMarked;
