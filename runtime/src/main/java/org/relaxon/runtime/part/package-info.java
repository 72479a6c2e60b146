/** What a jar on the class path adds to the library is read from text by factories. */
package org.relaxon.runtime.part;
