/** What to change about a run that was refused: only what was tried and settled. */
package org.relaxon.experiments.advice;
