/** Files that are complete whenever they exist, and that one process at a time writes. */
package org.relaxon.experiments.storage;
