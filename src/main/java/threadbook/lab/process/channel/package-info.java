/// Ways between processes: pipes, sockets, shared memory; and what is made of them.
@NullMarked
package threadbook.lab.process.channel;

import org.jspecify.annotations.NullMarked;
