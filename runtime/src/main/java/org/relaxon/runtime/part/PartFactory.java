package org.relaxon.runtime.part;

import java.util.List;

/**
 * Reads parts of one kind from text: what a jar on the class path names in {@code
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

    /** {@return what the part does, in a few words} */
    String line();

    /**
     * Reads a part.
     *
     * @param arguments what stands behind the colon, between commas; none if there is no colon
     * @return the part
     * @throws IllegalArgumentException if they are not what the part needs, saying so
     */
    P parse(List<String> arguments);
}
