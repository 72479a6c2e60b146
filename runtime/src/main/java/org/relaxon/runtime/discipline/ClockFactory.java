package org.relaxon.runtime.discipline;

import org.relaxon.runtime.part.PartFactory;

/**
 * Makes clocks of a user's own known to {@link Discipline#parse} and so to every option that names
 * a discipline. A jar names such classes in {@code
 * META-INF/services/org.relaxon.runtime.discipline.ClockFactory}.
 */
public interface ClockFactory extends PartFactory<Clock> {}
