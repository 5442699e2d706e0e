# The shop's orders go to the warehouse; together the two logs hold one task.
shop | warehouse
