/** What cells compute and send: rules, their traits, dynamics, units and stated energies. */
package org.relaxon.model.rule;
