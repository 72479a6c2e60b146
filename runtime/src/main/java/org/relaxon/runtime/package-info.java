/** Runs a network: hosts, sessions and pipelines, plans, budgets, reports, gradient estimates. */
package org.relaxon.runtime;
