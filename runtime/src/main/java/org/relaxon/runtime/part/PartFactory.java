package org.relaxon.runtime.part;

import java.util.List;

/**
 * Reads parts of one kind from text. A jar on the class path names implementations in {@code
 * META-INF/services}. An implementation is public and has a public constructor without parameters.
 *
 * @param <P> the parts, which state their text form and equal one another if it is the same;
 *     records do
 */
public interface PartFactory<P> {
    /** {@return the name in options: lower-case letters, digits and hyphens, a letter first} */
    String name();

    /**
     * {@return a text that {@link #parse} reads, to be shown to users: the name alone, or the name,
     * a colon and arguments that commas separate, such as {@code bursts:3,2ms}. /}
     */
    String example();

    /** {@return a short description of the part} */
    String line();

    /**
     * Reads a part.
     *
     * @param arguments the text after the colon, split at commas; empty if there is no colon
     * @return the part
     * @throws IllegalArgumentException stating why the part refuses them
     */
    P parse(List<String> arguments);
}
