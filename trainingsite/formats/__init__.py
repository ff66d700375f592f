"""How dates are written where Django has it otherwise: 9月5日, without zeros before."""
