/** What tests write into a volume as earlier versions did. */
@NullMarked
package org.ostraka.storage.volume;

import org.jspecify.annotations.NullMarked;
