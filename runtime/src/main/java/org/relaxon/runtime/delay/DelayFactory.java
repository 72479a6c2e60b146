package org.relaxon.runtime.delay;

import org.relaxon.runtime.part.PartFactory;

/**
 * Makes delays of a user's own known to {@link Delays#parse} and so to every option that names a
 * delay. A jar names such classes in {@code
 * META-INF/services/org.relaxon.runtime.delay.DelayFactory}.
 */
public interface DelayFactory extends PartFactory<DelayModel> {}
