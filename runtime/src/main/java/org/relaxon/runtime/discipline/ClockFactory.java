package org.relaxon.runtime.discipline;

import org.relaxon.runtime.part.PartFactory;

/**
 * Makes a user's own clocks available to {@link Discipline#parse} and so to every option that names
 * a discipline. A jar names such classes in {@code
 * META-INF/services/org.relaxon.runtime.discipline.ClockFactory}.
 */
public interface ClockFactory extends PartFactory<Clock> {}
