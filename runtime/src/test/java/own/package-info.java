/** Stands for a user's own classes. */
package own;
