package org.relaxon.runtime.delay;

import org.relaxon.runtime.part.PartFactory;

/**
 * Makes a user's own delays available to {@link Delays#parse} and so to every option that names a
 * delay. A jar names such classes in {@code
 * META-INF/services/org.relaxon.runtime.delay.DelayFactory}.
 */
public interface DelayFactory extends PartFactory<DelayModel> {}
