/** A store that encrypts what it gives to another store. */
@NullMarked
package org.ostraka.storage.encryption;

import org.jspecify.annotations.NullMarked;
