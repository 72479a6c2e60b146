/** Files that are whole whenever they are there, and that one process writes at a time. */
package org.relaxon.experiments.storage;
